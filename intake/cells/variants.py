"""Traditional characters, as simplified ones.

A small table beats a library here: only words of the vocabulary, of places and of table headers are
ever compared, so only the traditional forms of their characters are of use. The pairs are those of
the Unicode Character Database (Unihan, as ICU's Hant-Hans transform applies it) whose simplified
character stands in the built-in vocabulary or in a common header. A character that is not among
them stays what it is, and makes names a little less alike.
"""

_TRADITIONAL = (
    "乾佈佔來侷係個倫備傢傳債僕價儘優儲兒內兩冊別則剋創劃劑動務勝勞勵區協參員啓啟喨單嚮國"
    "園圖團執報場壓奬奮學實審寬寶尅專對導屆層屬崗師帶幫幹庫廚廣廳強彆彈後徑徵悳愛態慶應懞"
    "戲捨捲掛搆摺撥據擴數於昇時曆曉曏書會東條業構樂樓標機檔檢檯欄欵歲歷殘毬決況減測準溫滿"
    "漢濟為烏煉營爲爾獎獲現環產産畝畢發盡監眾睏硏碼礎種稱積穫窪竈競箇節範築篩糰紀納級細組"
    "結絡給統經綜綠綫網緊緑線編緯練縣縴總績織繫續纔纖罣羣義習聯職臺與興舉華萬蓋薦藍藝蘇號"
    "衆術裏補裡製覈見規視計訓託記設註証評試話認語說説課調諾講證識譜議護讀貝負財貫責費貼資"
    "質賬購賽跤跼踐輔輕輟輪轉辦農連週進遊運過達適遷選郵鄉醫鈎鉤銜錄錦錫録錶鍊鍛鍵鍾鎮鏈鐘"
    "鑄鑲長門閉開間陞隊階隨隸雙難雲電鞏項預領頭頻題額類風颱養餘館驗體髮魯麵黃點黨齊齡齣"
)
_SIMPLIFIED = (
    "干布占来局系个伦备家传债仆价尽优储儿内两册别则克创划剂动务胜劳励区协参员启启亮单向国"
    "园图团执报场压奖奋学实审宽宝克专对导届层属岗师带帮干库厨广厅强别弹后径征德爱态庆应蒙"
    "戏舍卷挂构折拨据扩数于升时历晓向书会东条业构乐楼标机档检台栏款岁历残球决况减测准温满"
    "汉济为乌炼营为尔奖获现环产产亩毕发尽监众困研码础种称积获洼灶竞个节范筑筛团纪纳级细组"
    "结络给统经综绿线网紧绿线编纬练县纤总绩织系续才纤挂群义习联职台与兴举华万盖荐蓝艺苏号"
    "众术里补里制核见规视计训托记设注证评试话认语说说课调诺讲证识谱议护读贝负财贯责费贴资"
    "质账购赛交局践辅轻辍轮转办农连周进游运过达适迁选邮乡医钩钩衔录锦锡录表炼锻键钟镇链钟"
    "铸镶长门闭开间升队阶随隶双难云电巩项预领头频题额类风台养余馆验体发鲁面黄点党齐龄出"
)
_TABLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplified(text: str) -> str:
    """Write traditional characters in their simplified form.

    Examples:
        >>> simplified("1年級班級數")
        '1年级班级数'
    """
    return text.translate(_TABLE)
